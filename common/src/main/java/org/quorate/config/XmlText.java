package org.quorate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of an XML file as text, in the encoding that its mark or its declaration names, UTF-8 otherwise.
 *
 * <p>Decoded here and not by the parser, so that a wrong byte is found at its exact place and places of attributes,
 * which the parser does not tell, can be looked up in the text.
 *
 * <p>Source: Extensible Markup Language 1.0, appendix F.
 *
 * @param text    without a byte order mark
 * @param charset its encoding in the file
 * @param mark    bytes of the byte order mark; 0 where there is none
 */
record XmlText(String text, Charset charset, int mark) {
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final int DECLARATION_BYTES = 512;
    private static final int FAMILY = "UTF-8".length();

    /** All of the text, without a byte order mark. */
    static XmlText decode(byte[] bytes) throws XmlFault {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return marked(decode(bytes, 3, UTF_8));
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return marked(decode(bytes, 2, UTF_16BE));
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return marked(decode(bytes, 2, UTF_16LE));
        }
        if (startsWith(bytes, 0, '<')) {
            return marked(decode(bytes, 0, UTF_16BE));
        }
        if (startsWith(bytes, '<', 0)) {
            return marked(decode(bytes, 0, UTF_16LE));
        }
        return decode(bytes, 0, declared(bytes));
    }

    /** A file that shows its encoding by its first bytes may declare that one, but no other. */
    private static XmlText marked(XmlText decoded) throws XmlFault {
        Matcher declaration = DECLARED.matcher(decoded.text());
        String family = decoded.charset().name().substring(0, FAMILY);
        if (declaration.find() && !declaration.group(1).toUpperCase(Locale.ROOT).startsWith(family)) {
            throw encoding("encoding " + Problem.quoted(declaration.group(1)) + " is declared, but the file is in "
                    + decoded.charset().name());
        }
        return decoded;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset declared(byte[] bytes) throws XmlFault {
        String head = new String(bytes, 0, Math.min(bytes.length, DECLARATION_BYTES), ISO_8859_1);
        Matcher declaration = DECLARED.matcher(head);
        if (!declaration.find()) {
            return UTF_8;
        }
        String name = declaration.group(1);
        try {
            Charset charset = Charset.forName(name);
            // The declaration was read byte by byte; an encoding in which it would read otherwise is not the file's.
            if (new String(bytes, 0, declaration.end(), charset).equals(declaration.group())) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw encoding("encoding " + Problem.quoted(name) + " is not known");
        }
        throw encoding("encoding " + Problem.quoted(name) + " is declared, but the file is not in it");
    }

    private static XmlFault encoding(String what) {
        return new XmlFault(new Location(1, 1), "xml-syntax", "not well-formed XML: " + what, "save the file as UTF-8");
    }

    private static XmlText decode(byte[] bytes, int start, Charset charset) throws XmlFault {
        if (charset.equals(UTF_8)) {
            // Most files are right and large ones must not be held three times over. What is wrong becomes U+FFFD
            // here; so a text without that is right.
            String text = new String(bytes, start, bytes.length - start, charset);
            if (text.indexOf('\ufffd') < 0) {
                return new XmlText(text, charset, start);
            }
        }
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(1 + (int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        String text = out.flip().toString();
        if (result.isError()) {
            String wrong = String.format("0x%02X", bytes[in.position()] & 0xFF);
            throw new XmlFault(new Places(text).at(text.length()), "xml-syntax",
                    "not well-formed XML: byte " + wrong + " is not " + charset.name(),
                    "save the file as UTF-8, or declare the encoding it has");
        }
        return new XmlText(text, charset, start);
    }
}
