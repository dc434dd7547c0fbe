/**
 * What every implementation of a port in {@link io.fabricmirror.spi} has to keep, as abstract JUnit tests: extend one and hand in
 * the implementation. They run against the local Azure and, unchanged, against a live tenant.
 *
 * <p>They change what they are given: name a server, a vault and a workspace that are there for nothing else. What they leave
 * behind is said at each. Exported for tests; may gain tests in any version.
 */
@NullMarked
package io.fabricmirror.testkit.contract;

import org.jspecify.annotations.NullMarked;
