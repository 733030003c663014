"""What the tables mean that tell compiled code where things are; places are addresses counted in float64."""

from __future__ import annotations

# One row of the layers' table each.
INPUTS, UNITS, ROWS, FILLED, ACTIVATION, WEIGHTS, FIRST_MEMORY, SECOND_MEMORY, IN, OUT, ERRORS = range(11)
LAYER_COLUMNS = 11

# What belongs to all layers.
STRIDE, COST, OPTIMIZER, X, Y, TARGETS, EACH_COST, TOP, SUMS, TURNED, GRADIENT = range(11)
PLAN_COLUMNS = 11

# The settings that are not whole numbers.
MOMENTUM, DECAY, BETA1, BETA2, EPSILON, L1, L2, WEIGHT_DECAY = range(8)
SETTINGS = 8
