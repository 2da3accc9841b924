namespace Granary.Application.Qualification.Named;

/// <summary>Kinds of events of named accounts and their lists, as the log keeps them. Those of an account stand with the account.</summary>
public static class NamedEvent
{
    /// <summary>A list was made.</summary>
    public const string ListCreated = "named_list.created";

    /// <summary>A list was changed.</summary>
    public const string ListEdited = "named_list.edited";

    /// <summary>A list was removed.</summary>
    public const string ListRemoved = "named_list.removed";

    /// <summary>Goals of a quarter were set.</summary>
    public const string GoalsSet = "named_list.goals_set";

    /// <summary>A list was taken out as a file.</summary>
    public const string Exported = "named_list.exported";

    /// <summary>An account was named.</summary>
    public const string Named = "account.named";

    /// <summary>An account is named no more.</summary>
    public const string Unnamed = "account.unnamed";

    /// <summary>It went from one list to another.</summary>
    public const string ListChanged = "account.named_list_changed";

    /// <summary>It entered another stage.</summary>
    public const string StageChanged = "account.named_stage_changed";

    /// <summary>A line of an entry checklist was ticked.</summary>
    public const string Ticked = "account.named_check_ticked";

    /// <summary>A tick was taken away.</summary>
    public const string Unticked = "account.named_check_unticked";

    /// <summary>A touch was planned.</summary>
    public const string TouchPlanned = "account.touch_planned";

    /// <summary>A planned touch was changed.</summary>
    public const string TouchReplanned = "account.touch_replanned";

    /// <summary>A touch took place.</summary>
    public const string TouchDone = "account.touch_done";

    /// <summary>A planned touch was called off.</summary>
    public const string TouchCancelled = "account.touch_cancelled";
}

/// <summary>Why something about named accounts is refused.</summary>
public static class NamedRefusal
{
    /// <summary>Lines of the entry checklist do not hold.</summary>
    public const string ChecksMissing = "entry_checklist_not_met";

    /// <summary>It is in that stage already.</summary>
    public const string SameStage = "already_in_stage";

    /// <summary>Going back asks for a reason.</summary>
    public const string ReasonRequired = "reason_required";

    /// <summary>A list that holds accounts is not removed.</summary>
    public const string ListNotEmpty = "list_not_empty";

    /// <summary>The touch took place, or was called off.</summary>
    public const string TouchClosed = "touch_closed";

    /// <summary>More rows than may be taken out without approval.</summary>
    public const string TooManyRows = "too_many_rows";
}
