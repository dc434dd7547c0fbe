/** Reads and writes plans, previews and reports as JSON, by hand and with positions. */
package io.fabricmirror.core.internal.json;
