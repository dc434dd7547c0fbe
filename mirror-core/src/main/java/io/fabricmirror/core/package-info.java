/**
 * Assembles an executor that works on Azure and Fabric.
 *
 * <p>Start with {@link io.fabricmirror.core.AzureMirror}. This package is as stable as {@code io.fabricmirror}.
 */
package io.fabricmirror.core;
