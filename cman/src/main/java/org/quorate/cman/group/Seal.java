package org.quorate.cman.group;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.stack.Protocol;
import org.jgroups.util.FastArray;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;

/**
 * Encrypts and authenticates every message with the cluster key, headers and all (AES-GCM). It stands directly above
 * the transport, so that discovery, heartbeats and views are sealed as well: what was not made by somebody who has the
 * key ends here. JGroups' own SYM_ENCRYPT encrypts without authenticating, and not discovery.
 */
public final class Seal extends Protocol {
    private static final short ID = 7001;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();
    private boolean toldOfStrangers;

    static {
        ClassConfigurator.addProtocol(ID, Seal.class);
    }

    Seal(SecretKey key) {
        this.key = key;
    }

    @Override
    public Object down(Message message) {
        return down_prot.down(seal(message));
    }

    @Override
    public Object up(Message message) {
        return open(message).map(up_prot::up).orElse(null);
    }

    @Override
    public void up(MessageBatch batch) {
        @SuppressWarnings("unchecked")
        var messages = (FastArray<Message>.FastIterator) batch.iterator();
        while (messages.hasNext()) {
            open(messages.next()).ifPresentOrElse(messages::replace, messages::remove);
        }
        if (!batch.isEmpty()) {
            up_prot.up(batch);
        }
    }

    private Message seal(Message message) {
        try {
            if (message.src() == null) {
                message.src(local_addr);
            }
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var plain = Util.messageToBuffer(message);
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.getLength()));
            cipher.doFinal(plain.getArray(), plain.getOffset(), plain.getLength(), sealed, NONCE_BYTES);
            // The transport goes by these flags: out of band, not to be looped back, and so on.
            return new BytesMessage(message.dest(), sealed)
                    .setSrc(message.src())
                    .setFlag(message.getFlags(false), false)
                    .setFlag(message.getFlags(true), true);
        } catch (Exception impossible) {
            throw new IllegalStateException("cannot seal a message", impossible);
        }
    }

    private Optional<Message> open(Message message) {
        try {
            var sealed = message.getArray();
            int from = message.getOffset();
            int length = message.getLength();
            if (sealed == null || length <= NONCE_BYTES) {
                throw new GeneralSecurityException("not sealed");
            }
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, from, from + NONCE_BYTES));
            var plain = cipher.doFinal(sealed, from + NONCE_BYTES, length - NONCE_BYTES);
            var opened = Util.messageFromBuffer(plain, 0, plain.length);
            return Optional.of(opened.setDest(message.dest()).setSrc(message.src()));
        } catch (Exception foreign) {
            tellOfStranger(message, foreign);
            return Optional.empty();
        }
    }

    private synchronized void tellOfStranger(Message message, Exception foreign) {
        if (!toldOfStrangers) {
            toldOfStrangers = true;
            log.warn("messages that are not sealed with this cluster's key are dropped, the first from %s: %s",
                    message.src(), foreign.getMessage());
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
