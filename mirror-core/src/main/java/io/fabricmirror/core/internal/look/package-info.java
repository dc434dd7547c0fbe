/** Looks at mirrors without changing anything: status and drift. Internal. */
package io.fabricmirror.core.internal.look;
