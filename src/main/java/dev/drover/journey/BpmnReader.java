package dev.drover.journey;

import dev.drover.kernel.Problem;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.camunda.bpm.model.xml.ModelException;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads BPMN that anybody may have sent: no document types, no entities, no outside references, bounded in size and depth (CWE-611, CWE-776). */
final class BpmnReader {

    private static final int LARGEST = 1_000_000;
    /** Of elements within each other; a subprocess in a subprocess in a subprocess takes a dozen. What is deeper overflows whoever walks through it. */
    private static final int DEEPEST = 100;

    private BpmnReader() {}

    /** @throws Problem rejected, with the line and column where the XML is wrong */
    static BpmnModelInstance read(String xml) {
        if (xml.length() > LARGEST) {
            throw Problem.rejected("The diagram is larger than 1 MB.");
        }
        refuseUnsafe(xml);
        try {
            return Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ModelException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof SAXParseException at) {
                throw Problem.rejected("This is no BPMN 2.0 (line %d, column %d): %s".formatted(at.getLineNumber(), at.getColumnNumber(), at.getMessage()));
            }
            throw Problem.rejected("This is no BPMN 2.0: " + cause.getMessage());
        }
    }

    private static void refuseUnsafe(String xml) {
        try {
            var factory = SAXParserFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://javax.xml.XMLConstants/feature/secure-processing", true);
            factory.setNamespaceAware(true);
            factory.newSAXParser().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), new Depth());
        } catch (SAXParseException e) {
            throw Problem.rejected("The diagram's XML is wrong in line %d, column %d: %s".formatted(e.getLineNumber(), e.getColumnNumber(), e.getMessage()));
        } catch (SAXException | IOException e) {
            throw Problem.rejected("The diagram's XML can't be read: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every JDK's parser can refuse document types", e);
        }
    }

    private static final class Depth extends DefaultHandler {

        private Locator place = new org.xml.sax.helpers.LocatorImpl();
        private int depth;

        @Override
        public void setDocumentLocator(Locator locator) {
            place = locator;
        }

        @Override
        public void startElement(String namespace, String name, String qualified, Attributes attributes) throws SAXException {
            if (++depth > DEEPEST) {
                throw new SAXParseException("More than %d elements stand within each other here.".formatted(DEEPEST), place);
            }
        }

        @Override
        public void endElement(String namespace, String name, String qualified) {
            depth--;
        }
    }
}
