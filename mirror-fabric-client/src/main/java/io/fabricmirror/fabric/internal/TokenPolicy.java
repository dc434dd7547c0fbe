package io.fabricmirror.fabric.internal;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.Serial;
import reactor.core.publisher.Mono;

/** Signs requests; can throw its cached token away when the service says that it is too old. */
final class TokenPolicy implements HttpPipelinePolicy {
    private final TokenCredential credential;
    private final String scope;
    private volatile BearerTokenAuthenticationPolicy bearer;

    TokenPolicy(TokenCredential credential, String scope) {
        this.credential = new Marking(credential);
        this.scope = scope;
        this.bearer = new BearerTokenAuthenticationPolicy(this.credential, scope);
    }

    /** Asks for a new token at the next request. */
    void renew() {
        bearer = new BearerTokenAuthenticationPolicy(credential, scope);
    }

    /** A token, as text. */
    String text() {
        return credential
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return bearer.process(context, next);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        return bearer.processSync(context, next);
    }

    /** No token, so nothing was sent. */
    static final class NoToken extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        NoToken(Throwable cause) {
            super(cause);
        }
    }

    private record Marking(TokenCredential credential) implements TokenCredential {
        private static final String NOTHING = "the credential answered with nothing";

        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return credential
                    .getToken(request)
                    .onErrorMap(NoToken::new)
                    .switchIfEmpty(Mono.error(() -> new NoToken(new IllegalStateException(NOTHING))));
        }

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            AccessToken token;
            try {
                token = credential.getTokenSync(request);
            } catch (RuntimeException e) {
                throw new NoToken(e);
            }
            if (token == null) {
                throw new NoToken(new IllegalStateException(NOTHING));
            }
            return token;
        }
    }
}
