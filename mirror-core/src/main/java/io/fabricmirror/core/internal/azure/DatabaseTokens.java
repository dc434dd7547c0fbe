package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.spi.Secret;
import java.util.function.Supplier;

/** Gets the token that a Microsoft Entra login of PostgreSQL takes as its password; the credential keeps it as long as it is good. */
public final class DatabaseTokens implements Supplier<Secret> {
    private final TokenCredential credential;
    private final String scope;

    /**
     * Gets tokens of a credential.
     *
     * @param credential who logs in
     * @param scope for what the tokens are asked
     */
    public DatabaseTokens(TokenCredential credential, String scope) {
        this.credential = credential;
        this.scope = scope;
    }

    @Override
    public Secret get() {
        try {
            return Secret.of(credential
                    .getTokenSync(new TokenRequestContext().addScopes(scope))
                    .getToken());
        } catch (RuntimeException e) {
            throw new MirrorException(
                    Problem.of("TOKEN_NOT_ISSUED", "no token for PostgreSQL could be got")
                            .seen(e.getClass().getSimpleName() + " for " + scope)
                            .remedy("sign in anew, or let the credential's principal get tokens for that scope"),
                    e);
        }
    }
}
