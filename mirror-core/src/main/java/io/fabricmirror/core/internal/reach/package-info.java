/**
 * Who reaches whom over which network, judged by what Azure shows and the caller knows: one pure function, {@link
 * io.fabricmirror.core.internal.reach.Reachability#assess}. Nothing is called here.
 */
@org.jspecify.annotations.NullMarked
package io.fabricmirror.core.internal.reach;
