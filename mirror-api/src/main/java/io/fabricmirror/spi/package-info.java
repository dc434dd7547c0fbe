/**
 * Ports: what the steps of a plan call, and what a caller may replace.
 *
 * <p>Start with {@link io.fabricmirror.spi.ServerControl} and {@link io.fabricmirror.spi.FabricControl}. This package may
 * evolve faster than {@code io.fabricmirror}: an implementer follows it from minor version to minor version.
 */
package io.fabricmirror.spi;
