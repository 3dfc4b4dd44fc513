package dev.drover.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what failed outside of our controllers: refused by security, by the server, or by a filter. */
@Controller
class ErrorPages implements ErrorController {

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer known && HttpStatus.resolve(known) != null ? HttpStatus.valueOf(known) : HttpStatus.NOT_FOUND;
        String detail = switch (status.value()) {
            case 403 -> "Your role or your session doesn't allow this. If you came back after a long time, load the page again.";
            case 404 -> "There is no such page or call.";
            case 413 -> "That is larger than this server takes.";
            default -> status.is5xxServerError() ? "Something went wrong here. The log tells what, under the trace id." : "The request can't be understood.";
        };
        return ProblemAdvice.answer(new Refusal(status, detail, List.of(), HttpHeaders.EMPTY), request);
    }
}
