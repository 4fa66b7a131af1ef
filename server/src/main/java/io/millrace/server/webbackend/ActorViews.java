package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;

/** Sources and destinations as the Config API shows them. */
public interface ActorViews {
  /** Returns the {@code SourceRead} or {@code DestinationRead}, its secrets masked. */
  ObjectNode read(Actor actor);

  /** Returns the {@code SourceSnippetRead} or {@code DestinationSnippetRead}. */
  ObjectNode snippet(Actor actor);

  /** Returns the {@code ActorDefinitionVersionRead} of the actor's connector. */
  ObjectNode version(Actor actor);
}
