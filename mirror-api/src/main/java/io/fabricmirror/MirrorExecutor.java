package io.fabricmirror;

import java.util.List;

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
     * Ends the executor at once: no new run begins, and a run that is under way ends with a report before its next step or look.
     */
    @Override
    void close();
}
