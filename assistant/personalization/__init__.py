"""Everything that learns; runs in the learner process."""
