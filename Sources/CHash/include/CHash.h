// SHA-256's compression by the processor's own instructions, where it has them.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has them.
bool chash_is_supported(void);

/// Takes `blocks` blocks of 64 bytes into the state; only where `chash_is_supported`.
void chash_sha256(uint32_t state[8], const void *bytes, size_t blocks);
