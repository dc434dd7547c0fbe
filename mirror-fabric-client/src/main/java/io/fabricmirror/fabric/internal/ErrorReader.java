package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpHeaderName;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads errors: the flat form, the form with an {@code error} around it, and bodies that are no JSON at all. */
final class ErrorReader {
    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-public-api-error-code");

    private ErrorReader() {}

    static FabricError read(Answer answer, Redaction redaction) {
        Fields fields;
        try {
            fields = answer.fields("error");
        } catch (Unreadable noJson) {
            fields = Fields.none();
        }

        Fields wrapped = fields.object("error");
        FabricError error = wrapped.present() ? of(wrapped, redaction) : of(fields, redaction);
        if (error != null) {
            return withRequestId(error, answer.requestId());
        }

        String code = answer.header(ERROR_CODE);
        String message = "the answer has no error code; a proxy or gateway may have sent it";
        return new FabricError(
                code == null ? FabricErrorCode.HTTP_ERROR : new FabricErrorCode(redaction.clean(code)),
                message,
                answer.requestId(),
                false,
                List.of(),
                null);
    }

    /** An error inside a status, or null if there is none. */
    static @Nullable FabricError of(Fields fields, Redaction redaction) {
        String code = fields.textOrNull("errorCode");
        String found = code == null ? fields.textOrNull("code") : code;
        if (found == null && fields.textOrNull("message") == null) {
            return null;
        }
        String requestId = fields.textOrNull("requestId");

        return new FabricError(
                found == null ? FabricErrorCode.UNKNOWN_ERROR : new FabricErrorCode(redaction.clean(found)),
                redaction.clean(fields.textOrEmpty("message")),
                requestId == null ? null : redaction.clean(requestId),
                fields.flag("isRetriable"),
                fields.list("moreDetails", "detail").stream()
                        .map(detail -> detail(detail, redaction))
                        .toList(),
                resource(fields.object("relatedResource"), redaction));
    }

    static FabricError.Detail detail(Fields fields, Redaction redaction) {
        String code = fields.textOrNull("errorCode");
        return new FabricError.Detail(
                code == null ? null : new FabricErrorCode(redaction.clean(code)),
                redaction.clean(fields.textOrEmpty("message")),
                resource(fields.object("relatedResource"), redaction));
    }

    private static FabricError.@Nullable Resource resource(Fields fields, Redaction redaction) {
        return fields.present()
                ? new FabricError.Resource(
                        redaction.clean(fields.textOrEmpty("resourceId")),
                        redaction.clean(fields.textOrEmpty("resourceType")))
                : null;
    }

    private static FabricError withRequestId(FabricError error, @Nullable String requestId) {
        return error.requestId() != null || requestId == null
                ? error
                : new FabricError(
                        error.code(),
                        error.message(),
                        requestId,
                        error.retriable(),
                        error.details(),
                        error.relatedResource());
    }
}
