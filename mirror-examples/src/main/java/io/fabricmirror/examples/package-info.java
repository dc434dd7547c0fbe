/** One program for each task. Start with {@link io.fabricmirror.examples.Quickstart}. */
@NullMarked
package io.fabricmirror.examples;

import org.jspecify.annotations.NullMarked;
