package io.millrace.testkit.contract.source;

/**
 * The whole contract of a source. A test class that implements it runs every suite; while a
 * connector grows, it may implement the suites one by one.
 */
public interface SourceContract
    extends SourceSpecSuite,
        SourceCheckSuite,
        SourceDiscoverSuite,
        SourceFullRefreshSuite,
        SourceIncrementalSuite,
        SourceResumeSuite,
        SourceTypesSuite,
        SourceNamesSuite,
        SourceSchemaChangeSuite,
        SourceCancelSuite,
        SourceLimitsSuite,
        SourceLeaksSuite {}
