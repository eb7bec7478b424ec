/**
 * One framing for all: local sockets and peers, requests, replies and events.
 *
 * <p>{@link org.quorate.wire.Frame} is what travels, {@link org.quorate.wire.Messages} turns records into frames and
 * back, {@link org.quorate.wire.Connection} carries them, {@link org.quorate.wire.FrameServer} and
 * {@link org.quorate.wire.FrameClient} are the two ends. Peers meet through {@link org.quorate.wire.KeyedTls}, where
 * both sides prove that they have the cluster key.
 *
 * <p><b>Must not know:</b> what the messages mean.
 */
package org.quorate.wire;
