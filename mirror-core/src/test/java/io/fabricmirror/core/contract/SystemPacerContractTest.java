package io.fabricmirror.core.contract;

import io.fabricmirror.core.internal.run.SystemPacer;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.contract.PacerContract;

/** The contract of the clock, kept by the real one. */
class SystemPacerContractTest extends PacerContract {
    @Override
    protected Pacer pacer() {
        return SystemPacer.INSTANCE;
    }
}
