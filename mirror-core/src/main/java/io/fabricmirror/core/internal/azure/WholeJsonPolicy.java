package io.fabricmirror.core.internal.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Keeps answers that are not whole from the library, which would quote them in its log and in its exceptions: the answer to a
 * read of a secret begins with the secret. Thread-safe.
 */
final class WholeJsonPolicy extends HttpPipelineSyncPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        if (response.getStatusCode() >= 300) {
            return response;
        }

        HttpResponse whole = response.buffer();
        if (!isJson(whole.getBodyAsBinaryData().toString())) {
            throw new UncheckedIOException(new IOException("the answer is cut off or not the service's"));
        }
        return whole;
    }

    private static boolean isJson(String body) {
        try {
            return JSON.readTree(body).isObject();
        } catch (JsonProcessingException e) {
            // Its message may quote the body.
            return false;
        }
    }
}
