package io.fabricmirror.testkit;

import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.contract.PacerContract;
import org.junit.jupiter.api.AfterEach;

/** The contract of the clock, kept by the one that skips. */
class SkippedTimeContractTest extends PacerContract {
    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();

    @AfterEach
    void close() {
        azure.close();
    }

    @Override
    protected Pacer pacer() {
        return azure.pacer();
    }
}
