"""What a person sets up and opens: experiments, data sets, presets. No Qt."""
