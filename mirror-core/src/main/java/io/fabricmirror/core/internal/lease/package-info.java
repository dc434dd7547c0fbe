/**
 * Temporary openings. Each keeps what it added, for whom and until when where it acts: in the name of a firewall rule, in a tag of a
 * vault. Only that is undone; what a killed run left is recognised by it and ended by the next one.
 */
@org.jspecify.annotations.NullMarked
package io.fabricmirror.core.internal.lease;
