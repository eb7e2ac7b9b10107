"""Gates by what a policy keeps: gains are asked for about where its choice stands."""

import numpy as np
import torch

from skimp_training.compress.choose import with_labels
from skimp_training.compress.expected import boundary
from skimp_training.compress.language_model import Floats
from skimp_training.compress.policy import SELECTION, word_scores
from skimp_training.compress.scoring import Read

KEEP = 0.33
"""Ratio at whose boundary the gates are half open."""
TEMPERATURE = 2.0
OPEN = (0.1, 0.8)
"""How far the gates of words far below the boundary are open, and of those far above it."""


def own_gates(read: Read) -> Floats | None:
    """For each word how far its gate is open, by its score's distance to the boundary.

    With all gates alike a derivative tells what a word adds to a part of everything; here, what
    it adds to what the policy keeps, and what it takes away from it: the gradient of the
    expected reward at the policy's own probabilities (mean field). None where nothing or all is
    kept.
    """
    scores = word_scores(read.logits.clone(), read.units, SELECTION).numpy()
    values = with_labels(scores, read.units)
    edge = boundary(values, read.chosen(KEEP))
    if edge is None:
        return None
    distance = torch.tensor((values - edge) / TEMPERATURE, dtype=torch.float32)
    low, high = OPEN
    return np.asarray(low + (high - low) * torch.sigmoid(distance).numpy(), dtype=np.float32)
