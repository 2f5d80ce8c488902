// FixedMemory
