package org.quorate.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS 1.3 in which both sides prove that they have the cluster key: an Ed25519 key pair is derived from it, each side
 * shows a certificate over that public key, and accepts no other. Whoever lacks the cluster key cannot sign the
 * handshake.
 */
public final class KeyedTls {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;

    private KeyedTls(SSLContext context) {
        this.context = context;
    }

    /** What this cluster key makes of TLS. */
    public static KeyedTls of(ClusterKey key) {
        try {
            var pair = derivePair(key);
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(SelfSigned.certificate(pair)));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("cluster", pair.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new OnlyThisKey(pair.getPublic())}, null);
            return new KeyedTls(context);
        } catch (GeneralSecurityException | IOException missing) {
            throw new IllegalStateException("this Java has no TLS 1.3 with Ed25519", missing);
        }
    }

    SSLContext context() {
        return context;
    }

    /** What both sides insist on. */
    static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setNeedClientAuth(true);
        // Each group that is offered costs a key pair, in both directions of every handshake.
        parameters.setNamedGroups(new String[] {"x25519"});
        return parameters;
    }

    private static KeyPair derivePair(ClusterKey key) throws GeneralSecurityException {
        var seed = key.derive("tls", 32);
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new Seeded(seed));
        return generator.generateKeyPair();
    }

    /** Gives the derived bytes to the key generator, once: that makes the key pair a function of the cluster key. */
    private static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seeded(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 asked for " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }

    private static final class OnlyThisKey extends X509ExtendedTrustManager {
        private final byte[] expected;

        OnlyThisKey(PublicKey expected) {
            this.expected = expected.getEncoded();
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!Arrays.equals(chain[0].getPublicKey().getEncoded(), expected)) {
                throw new CertificateException("the other side has another cluster key");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
