using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Desk;

/// <summary>Why something stands on somebody's desk, in the order in which it is done.</summary>
public enum DeskTask
{
    /// <summary>A deadline has passed.</summary>
    Overdue = 1,

    /// <summary>A deadline comes within the day.</summary>
    DueSoon = 2,

    /// <summary>It is theirs and they have not worked on it.</summary>
    New = 3,

    /// <summary>A lead of theirs came in again, or another was linked to it.</summary>
    Reentered = 4,

    /// <summary>A step they planned is due today.</summary>
    NextStep = 5,

    /// <summary>Somebody asks them to decide.</summary>
    Decide = 6,

    /// <summary>It waits in their tray to be assigned on.</summary>
    AssignOn = 7,

    /// <summary>It is held for a check.</summary>
    Check = 8,

    /// <summary>They work on it and nothing is planned.</summary>
    Plan = 9,
}

/// <summary>A line of the desk.</summary>
/// <param name="Task">What is to be done.</param>
/// <param name="Lead">The lead.</param>
public sealed record DeskItem(DeskTask Task, ListedLead Lead)
{
    /// <summary>Why it is here: the reasons of the step that brought it.</summary>
    public IReadOnlyList<Reason> Why { get; init; } = [];

    /// <summary>Who gave it to its owner by hand, themselves where it was claimed; null where a rule did.</summary>
    public Guid? GivenBy { get; init; }

    /// <summary>The earliest deadline still to be met, also when it has passed; with <see cref="DeskTask.Decide"/> by when it is decided.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>The rule of <see cref="DeadlineAt"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>What they planned.</summary>
    public string? NextStep { get; init; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What is to be decided; only with <see cref="DeskTask.Decide"/>.</summary>
    public LeadRequest? Request { get; init; }

    /// <summary>The notice that told of it and was not seen yet; only with <see cref="DeskTask.Reentered"/>.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Where the line stands.</summary>
    internal DeskCursor Here { get; init; } = null!;
}

/// <summary>Figures of today.</summary>
/// <param name="Received">Leads they got today.</param>
/// <param name="FollowedUp">Counted follow-ups they made today.</param>
/// <param name="Claimed">Leads they claimed today.</param>
/// <param name="Overdue">Own leads whose deadline has passed.</param>
/// <param name="Converted">Leads of theirs converted today.</param>
/// <param name="Holding">Leads held.</param>
/// <param name="HoldingCap">Most leads held; null is unlimited.</param>
/// <param name="NewToday">Leads received today among those they may see, counted up to 10,000; only for those who assign.</param>
public sealed record DeskFigures(int Received, int FollowedUp, int Claimed, int Overdue, int Converted, int Holding, int? HoldingCap, int? NewToday);

/// <summary>What somebody has before them.</summary>
/// <param name="Next">What to do, in order.</param>
/// <param name="Waiting">How much there is of each task; what others bring is counted up to 100.</param>
/// <param name="Figures">Today in figures.</param>
/// <param name="More">Behind which line there is more; null at the end.</param>
public sealed record DeskView(IReadOnlyList<DeskItem> Next, IReadOnlyDictionary<DeskTask, int> Waiting, DeskFigures Figures, DeskCursor? More);

/// <summary>The instants a desk is laid by.</summary>
/// <param name="Now">The present.</param>
/// <param name="Soon">Until when a deadline is near.</param>
/// <param name="Date">Today in organisation time.</param>
/// <param name="Start">When today began.</param>
/// <param name="End">When tomorrow begins.</param>
internal sealed record DeskMoment(DateTimeOffset Now, DateTimeOffset Soon, DateOnly Date, DateTimeOffset Start, DateTimeOffset End)
{
    private static readonly TimeSpan Near = TimeSpan.FromHours(24);

    public static DeskMoment Of(DateTimeOffset now, WorkingCalendar calendar)
    {
        var today = calendar.DateOf(now);
        return new(now, now + Near, today, calendar.StartOf(today), calendar.StartOf(today.AddDays(1)));
    }
}
