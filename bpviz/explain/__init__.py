"""How a step is told: phases, time, layout, frames, words, numbers. No Qt."""
