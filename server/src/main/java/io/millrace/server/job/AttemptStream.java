package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.StreamName;
import java.time.Instant;

/**
 * What an attempt did with one stream.
 *
 * @param job the job
 * @param attempt the attempt's number
 * @param stream the stream
 * @param state what it does or came to
 * @param own what this attempt added
 * @param whole what the sync has come to so far, over all attempts
 * @param evidence how every row read is accounted for, and where the time went
 * @param transitionedAt when its state last changed
 */
public record AttemptStream(
    long job,
    int attempt,
    StreamName stream,
    StreamRunState state,
    Stats own,
    Stats whole,
    ObjectNode evidence,
    Instant transitionedAt) {}
