"""Training of the same-response models: data, the two trainings, and their measures."""
