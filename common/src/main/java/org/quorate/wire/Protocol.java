package org.quorate.wire;

/**
 * Everything that two sides may say to each other.
 *
 * @param requests what a client asks or tells
 * @param replies  what it is answered
 * @param events   what it is told without asking
 * @param <Q> requests
 * @param <R> replies
 * @param <E> events
 */
public record Protocol<Q, R, E>(Messages<Q> requests, Messages<R> replies, Messages<E> events) {}
