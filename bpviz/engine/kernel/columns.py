"""What the tables mean that tell compiled code where things are; places are addresses counted in float64."""

from __future__ import annotations

# One row of the layers' table each.
INPUTS, UNITS, ROWS, FILLED, ACTIVATION, WEIGHTS, FIRST_MEMORY, SECOND_MEMORY, IN, OUT, ERRORS = range(11)
LAYER_COLUMNS = 11

# What belongs to all layers.
STRIDE, COUNT, COST, X, Y, TARGETS, EACH_COST, TOP, SUMS, TURNED, GRADIENT = range(11)
PLAN_COLUMNS = 11

# One row for each frozen weight or bias: its place, and those of what the optimizer remembers of it.
AT, FIRST_AT, SECOND_AT = range(3)
HELD_COLUMNS = 3

# What is told of a whole set.
MEAN_COST, SHARE_RIGHT = range(2)
VERDICT_COLUMNS = 2

# The settings that are not whole numbers.
MOMENTUM, DECAY, BETA1, BETA2, EPSILON, L1, L2, WEIGHT_DECAY = range(8)
SETTINGS = 8
