"""The operators' conversations: queue, case, duty, colleagues. Played in their private chats, never in the group."""
