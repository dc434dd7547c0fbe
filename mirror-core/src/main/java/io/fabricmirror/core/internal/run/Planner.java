package io.fabricmirror.core.internal.run;

import io.fabricmirror.Drift;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.MirrorStatus;
import io.fabricmirror.Plan;
import io.fabricmirror.Problem;
import java.util.List;

/** Turns plans into steps. Thread-safe. */
public interface Planner {
    /**
     * Prepares the steps of one run; reads and changes nothing.
     *
     * @param plan the plan
     * @param ports how to reach the world
     * @param run the run
     * @return the steps
     * @throws io.fabricmirror.MirrorException if plans of this kind are not known
     */
    Steps steps(Plan plan, Ports ports, Run run);

    /**
     * Looks for plans that would undo each other's work.
     *
     * @param plans plans that are to be applied together
     * @return a problem for each fight, with the names of both
     */
    default List<Problem> fights(List<? extends Plan> plans) {
        return List.of();
    }

    /**
     * Looks at a mirror; changes nothing.
     *
     * @param plan the mirror's plan
     * @param ports how to reach the world
     * @param run the look
     * @return its status, whatever is wrong
     */
    MirrorStatus status(MirrorPlan plan, Ports ports, Run run);

    /**
     * Compares a mirror with its plan; changes nothing.
     *
     * @param plan the mirror's plan
     * @param ports how to reach the world
     * @param run the look
     * @return what differs
     * @throws io.fabricmirror.MirrorException if it cannot be looked at
     */
    Drift drift(MirrorPlan plan, Ports ports, Run run);

    /**
     * Returns what only one run at a time may change.
     *
     * @param plan the plan
     * @return its name, for instance a server's id
     * @throws io.fabricmirror.MirrorException if plans of this kind are not known
     */
    String changes(Plan plan);
}
