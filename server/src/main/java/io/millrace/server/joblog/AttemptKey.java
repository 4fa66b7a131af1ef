package io.millrace.server.joblog;

/** Names an attempt of a job; attempts count from 0. */
public record AttemptKey(long job, int attempt) {}
