package io.millrace.testkit.contract.destination;

/**
 * The whole contract of a destination. A test class that implements it runs every suite; while a
 * connector grows, it may implement the suites one by one.
 */
public interface DestinationContract
    extends DestinationSpecSuite,
        DestinationCheckSuite,
        DestinationPreviewSuite,
        DestinationAppendSuite,
        DestinationOverwriteSuite,
        DestinationDedupSuite,
        DestinationResumeSuite,
        DestinationTypesSuite,
        DestinationNamesSuite,
        DestinationSchemaChangeSuite,
        DestinationCancelSuite,
        DestinationLimitsSuite,
        DestinationLeaksSuite {}
