/**
 * What one daemon may say to another, and to the tools: one sub-package a daemon, with its message records and a small
 * client.
 */
package org.quorate.api;
