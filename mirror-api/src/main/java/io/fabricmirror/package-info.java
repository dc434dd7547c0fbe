/**
 * What the first program needs: plans, the executor, previews, reports and consents.
 *
 * <p>Start with {@link io.fabricmirror.MirrorPlan}; {@link io.fabricmirror.MirrorExecutor} previews and applies it. Plans are
 * values: immutable, comparable, printable, free of secrets and of consents.
 */
package io.fabricmirror;
