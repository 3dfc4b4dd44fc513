package dev.drover.delivery.push;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;

/** A service account's access tokens, one at a time. The SDK would make a copy of the account for itself; this stays one, so that each token is asked for once. */
final class Tokens extends GoogleCredentials {

    private static final long serialVersionUID = 1L;

    private final ServiceAccountCredentials account;

    @SuppressWarnings("deprecation") // The builder makes no subclasses.
    Tokens(ServiceAccountCredentials account) {
        this.account = account;
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
        return account.refreshAccessToken();
    }
}
