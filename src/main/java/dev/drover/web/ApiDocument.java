package dev.drover.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says besides the calls themselves: who may call, and how errors look. */
@Configuration
class ApiDocument {

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        var fieldError = new Schema<Object>().type("object").addProperty("field", new Schema<String>().type("string")).addProperty("message", new Schema<String>().type("string"));
        var problem = new Schema<Object>().type("object").description("RFC 9457. `errors` names the fields where it can; `traceId` finds a 500 in the log.")
                .addProperty("type", new Schema<String>().type("string")).addProperty("title", new Schema<String>().type("string"))
                .addProperty("status", new Schema<Integer>().type("integer")).addProperty("detail", new Schema<String>().type("string"))
                .addProperty("errors", new Schema<Object>().type("array").items(fieldError)).addProperty("traceId", new Schema<String>().type("string"));
        return new OpenAPI()
                .info(new Info().title("Drover").version("v1").license(new License().name("Apache-2.0").identifier("Apache-2.0")).description("""
                        Customers, orders and events come in; segments, journeys and messages go out.

                        Send `Authorization: Bearer TOKEN`. A `POST` may carry `Idempotency-Key`: the same key with the same body gets the first answer again, \
                        with another body 409. Lists take `limit` (at most 1000) and `after`, and answer `{"items": [...], "next": ...}`."""))
                .servers(List.of(new Server().url("/").description("this server")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .components(new Components().addSchemas(PROBLEM, problem)
                        .addSecuritySchemes("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")));
    }

    /** Every call may be refused, always in the same form. */
    @Bean
    OpenApiCustomizer errorsAreProblems() {
        var content = new Content().addMediaType("application/problem+json", new MediaType().schema(new Schema<Object>().$ref("#/components/schemas/" + PROBLEM)));
        return document -> document.getPaths().forEach((path, calls) -> calls.readOperations().forEach(call -> {
            call.getResponses().addApiResponse("default", new ApiResponse().description("What went wrong").content(content));
            // Grouped by what they are about, not by the class that answers.
            call.setTags(List.of(path.split("/")[3]));
        }));
    }
}
