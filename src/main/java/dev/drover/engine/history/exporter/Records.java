package dev.drover.engine.history.exporter;

import dev.drover.engine.history.exporter.Change.Definition;
import io.camunda.zeebe.exporter.api.context.Context.RecordFilter;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import java.util.Optional;

/** Reads the engine's records. Of the variables only {@code customerId} is looked at: the history knows whose path it is, nothing else. */
final class Records implements RecordFilter {

    private static final String CUSTOMER = "customerId";
    private static final int LONGEST_MESSAGE = 4_000;

    @Override
    public boolean acceptType(RecordType type) {
        return type == RecordType.EVENT;
    }

    @Override
    public boolean acceptValue(ValueType type) {
        return switch (type) {
            case PROCESS_INSTANCE, TIMER, INCIDENT, VARIABLE -> true;
            default -> false;
        };
    }

    Optional<Change> read(Record<?> record) {
        return Optional.ofNullable(switch (record.getValue()) {
            case ProcessInstanceRecordValue value -> instance(record, value);
            case TimerRecordValue value -> timer(record, value);
            case IncidentRecordValue value -> incident(record, value);
            case VariableRecordValue value -> variable(record, value);
            default -> null;
        });
    }

    private static Change instance(Record<?> record, ProcessInstanceRecordValue value) {
        long position = record.getPosition();
        long at = record.getTimestamp();
        var definition = new Definition(value.getProcessDefinitionKey(), value.getBpmnProcessId(), value.getVersion());
        boolean whole = value.getBpmnElementType() == BpmnElementType.PROCESS;
        String type = value.getBpmnElementType().name();
        return switch ((ProcessInstanceIntent) record.getIntent()) {
            // Not ACTIVATED: what can't evaluate its inputs stands there too, with an incident.
            case ELEMENT_ACTIVATING -> whole
                    ? new Change.Started(position, at, record.getKey(), definition, value.getParentProcessInstanceKey())
                    : new Change.Entered(position, at, record.getKey(), value.getProcessInstanceKey(), definition, value.getElementId(), type);
            case ELEMENT_COMPLETED, ELEMENT_TERMINATED -> {
                boolean cancelled = record.getIntent() == ProcessInstanceIntent.ELEMENT_TERMINATED;
                yield whole
                        ? new Change.Ended(position, at, record.getKey(), definition, cancelled)
                        : new Change.Left(position, at, record.getKey(), definition, value.getElementId(), type, cancelled);
            }
            case ELEMENT_MIGRATED -> new Change.Migrated(position, at, record.getKey(), definition, value.getElementId(), type, whole);
            default -> null;
        };
    }

    private static Change timer(Record<?> record, TimerRecordValue value) {
        return record.getIntent() == TimerIntent.CREATED && value.getElementInstanceKey() > 0
                ? new Change.Due(record.getPosition(), value.getElementInstanceKey(), value.getDueDate())
                : null;
    }

    private static Change incident(Record<?> record, IncidentRecordValue value) {
        if (record.getIntent() == IncidentIntent.RESOLVED) {
            return new Change.Settled(record.getPosition(), record.getTimestamp(), record.getKey());
        }
        if (record.getIntent() != IncidentIntent.CREATED) {
            return null;
        }
        String message = value.getErrorMessage();
        return new Change.Troubled(record.getPosition(), record.getTimestamp(), record.getKey(), value.getProcessInstanceKey(),
                value.getElementInstanceKey(), new Definition(value.getProcessDefinitionKey(), value.getBpmnProcessId(), 0), value.getElementId(),
                value.getErrorType().name(), storable(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message),
                value.getJobKey());
    }

    private static Change variable(Record<?> record, VariableRecordValue value) {
        if (!value.getName().equals(CUSTOMER) || value.getScopeKey() != value.getProcessInstanceKey()) {
            return null;
        }
        String json = value.getValue();
        if (json.equals("null")) {
            return null;
        }
        return new Change.Named(record.getPosition(), record.getTimestamp(), value.getProcessInstanceKey(),
                new Definition(value.getProcessDefinitionKey(), value.getBpmnProcessId(), 0), storable(JsonText.of(json)));
    }

    /** PostgreSQL's text can't hold U+0000. */
    private static String storable(String text) {
        return text.replace('\0', ' ');
    }
}
