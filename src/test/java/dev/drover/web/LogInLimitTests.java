package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;

class LogInLimitTests {

    private final LogInLimit limit = new LogInLimit();

    @Test
    void letsNobodyTryASixthPasswordForANameFromOneAddress() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(tries("203.0.113.7", "admin")).isNull();
            fails("203.0.113.7", "admin");
        }
        assertThat(tries("203.0.113.7", "admin")).isEqualTo("/login?wait");
        assertThat(tries("203.0.113.7", "marieke")).isNull();
        assertThat(tries("203.0.113.8", "admin")).isNull();
    }

    @Test
    void stopsAnAddressThatTriesManyNames() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(tries("203.0.113.7", "somebody-" + i)).isNull();
            fails("203.0.113.7", "somebody-" + i);
        }
        assertThat(tries("203.0.113.7", "marieke")).isEqualTo("/login?wait");
    }

    @Test
    void stopsManyAddressesThatTryOneName() throws Exception {
        for (int i = 0; i < 50; i++) {
            fails("203.0.113." + i, "admin");
        }
        assertThat(tries("198.51.100.1", "admin")).isEqualTo("/login?wait");
        assertThat(tries("198.51.100.1", "marieke")).isNull();
    }

    @Test
    void countsOnlyLogIns() throws Exception {
        for (int i = 0; i < 6; i++) {
            fails("203.0.113.9", "admin");
        }
        var request = new MockHttpServletRequest("GET", "/customers");
        request.setRemoteAddr("203.0.113.9");
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, new MockFilterChain());
        assertThat(response.getRedirectedUrl()).isNull();
    }

    private String tries(String address, String name) throws Exception {
        var response = new MockHttpServletResponse();
        limit.doFilter(logIn(address, name), response, new MockFilterChain());
        return response.getRedirectedUrl();
    }

    private void fails(String address, String name) throws Exception {
        limit.onAuthenticationFailure(logIn(address, name), new MockHttpServletResponse(), new BadCredentialsException("no"));
    }

    private static MockHttpServletRequest logIn(String address, String name) {
        var request = new MockHttpServletRequest("POST", "/login");
        request.setRemoteAddr(address);
        request.setParameter("username", name);
        return request;
    }
}
