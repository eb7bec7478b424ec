package org.quorate.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/**
 * The least X.509 certificate that carries an Ed25519 key: TLS wants one, and we only look at the key in it. It is the
 * same on every node, hence valid for all time.
 */
final class SelfSigned {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8 = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int EXPLICIT_0 = 0xa0;

    private static final byte[] ED25519 = {0x06, 0x03, 0x2b, 0x65, 0x70};
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    private SelfSigned() {}

    /** The certificate over this pair's public key, in DER (RFC 5280, RFC 8410). */
    static byte[] certificate(KeyPair pair) throws GeneralSecurityException {
        var algorithm = der(SEQUENCE, ED25519);
        var name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text(UTF8, "Quorate cluster"))));
        var validity = der(SEQUENCE, text(GENERALIZED_TIME, "20000101000000Z"),
                text(GENERALIZED_TIME, "99991231235959Z"));
        var toBeSigned = der(SEQUENCE,
                der(EXPLICIT_0, der(INTEGER, new byte[] {2})),
                der(INTEGER, new byte[] {1}),
                algorithm, name, validity, name, pair.getPublic().getEncoded());
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(toBeSigned);
        return der(SEQUENCE, toBeSigned, algorithm, der(BIT_STRING, new byte[] {0}, signer.sign()));
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
