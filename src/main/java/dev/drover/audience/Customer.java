package dev.drover.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param id         internal number
 * @param externalId the shop's own key, unique
 * @param email      lower-cased address; {@code null}: none
 * @param phone      E.164
 * @param timeZone   IANA zone; {@code null}: unknown, the shop's default is used
 * @param guestId    made up here when only a cart told of the person; {@code null}: the shop told of them first
 * @param attributes what else the shop tells, by name
 */
public record Customer(
        long id,
        String externalId,
        @Nullable String guestId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String pushToken,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String country,
        @Nullable ZoneId timeZone,
        @Nullable LocalDate birthday,
        Map<String, Object> attributes,
        Instant createdAt,
        Instant updatedAt) {

    /** By which ids journeys may know the person: before a guest registered, by the one made up here. */
    public List<String> knownAs() {
        return guestId == null || guestId.equals(externalId) ? List.of(externalId) : List.of(externalId, guestId);
    }

    /** The name, or whatever else tells people apart. */
    public String shownName() {
        String name = Stream.of(firstName, lastName).filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(" "));
        return !name.isEmpty() ? name : email != null ? email : "Customer " + externalId;
    }
}
