package io.fabricmirror;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Previews and applies plans. Thread-safe: one for the whole application is enough. Blocking: a call returns when it is done.
 *
 * <p>An implementation comes from {@code io.fabricmirror.core.AzureMirror}.
 */
public interface MirrorExecutor extends AutoCloseable {
    /**
     * Tells what applying the plan would change; reads only.
     *
     * @param plan the plan
     * @return the preview, also when the plan cannot succeed: then with its obstacles
     * @throws MirrorException if the executor does not know the plan's kind or is closed
     */
    Preview preview(Plan plan);

    /**
     * Makes true what the plan wants, and reports what happened. Looks first; if a needed step cannot succeed or lacks consent,
     * nothing is changed.
     *
     * @param plan the plan
     * @param options what the run may do, how long, and how far it goes
     * @return the report, whatever happened; {@link Report#orThrow()} is for those who prefer exceptions
     * @throws MirrorException if the executor does not know the plan's kind or is closed; nothing was changed then
     */
    Report apply(Plan plan, RunOptions options);

    /**
     * Makes true what the plan wants, with the default limits.
     *
     * @param plan the plan
     * @param consents what the run agrees to
     * @return the report, whatever happened
     * @throws MirrorException if the executor does not know the plan's kind or is closed; nothing was changed then
     */
    default Report apply(Plan plan, Consent... consents) {
        return apply(plan, RunOptions.defaults().consent(consents));
    }

    /**
     * Makes true what many plans want: several at a time, those of one server one after another. A plan that fails stops no other,
     * unless the options say so.
     *
     * @param plans the plans; the order says which are tried first
     * @param options what each run may do, how long, and how far it goes
     * @param fleet how many at a time, and when to stop
     * @return a report for each plan that was started, whatever happened; on an interrupt the flag stays set
     * @throws MirrorException if the executor does not know the kind of a plan or is closed, or two plans have one name; nothing was
     *     changed then
     */
    FleetReport applyAll(List<? extends Plan> plans, RunOptions options, FleetOptions fleet);

    /**
     * Does what an approved preview shows, or nothing. Looks again first; if a fact that decides a change is not what the preview
     * showed, nothing is changed. Row counts, times and other metrics decide nothing, and what was unknown may be known now.
     *
     * @param approved the preview, with what was agreed to
     * @param options how long, and how far it goes; without consents, which are the approval's
     * @return the report, whatever happened; it bears the approval's reference
     * @throws StalePreviewException if something moved; nothing was changed then
     * @throws MirrorException if the approval has ended, the options bring consents, or as for a plan; nothing was changed then
     */
    Report apply(ApprovedPreview approved, RunOptions options);

    /**
     * Does what an approved preview shows, or nothing, with the default limits.
     *
     * @param approved the preview, with what was agreed to
     * @return the report, whatever happened; it bears the approval's reference
     * @throws StalePreviewException if something moved; nothing was changed then
     * @throws MirrorException if the approval has ended, or as for a plan; nothing was changed then
     */
    default Report apply(ApprovedPreview approved) {
        return apply(approved, RunOptions.defaults());
    }

    /**
     * Tells how a mirror is; reads only. It makes at most seven HTTP calls, tokens, a vault's first refusal and further pages apart:
     * workspaces, capacities, mirrored databases, state, tables, server, administrator's secret; and one login with two statements. A
     * mirror that runs without syncing is looked at more closely, with a few calls more.
     *
     * @param plan the mirror's plan
     * @return the status, whatever is wrong: what could not be looked at is one of its problems
     * @throws MirrorException if the executor is closed
     */
    MirrorStatus status(MirrorPlan plan);

    /**
     * Tells how many mirrors are; reads only. Workspaces, servers and secrets that they share are read once, so that each further
     * mirror of the same workspace and server makes two HTTP calls.
     *
     * @param plans the mirrors' plans
     * @return a status for each, in the same order
     * @throws MirrorException if the executor is closed
     */
    List<MirrorStatus> statusAll(List<MirrorPlan> plans);

    /**
     * Looks at a mirror every 30 seconds until a condition holds, at most for a time; reads only.
     *
     * @param plan the mirror's plan
     * @param condition what to wait for; it hears of every look
     * @param limit how long
     * @return the last status, for which the condition may not hold; on an interrupt the flag stays set
     * @throws MirrorException if the executor is closed
     */
    MirrorStatus watch(MirrorPlan plan, Predicate<MirrorStatus> condition, Duration limit);

    /**
     * Compares a live mirror with its plan, table by table; reads only. Tables that joined the database since then show here.
     *
     * @param plan the mirror's plan
     * @return what differs
     * @throws MirrorException if the mirror or its source cannot be looked at, or the executor is closed
     */
    Drift drift(MirrorPlan plan);

    /**
     * Ends the executor at once: no new run begins, and a run that is under way ends with a report before its next step or look.
     */
    @Override
    void close();
}
