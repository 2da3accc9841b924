using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Analytics;
using Granary.Domain.People;

namespace Granary.Application.Desk;

/// <summary>Figures of one person or department.</summary>
/// <param name="Id">The person or department; empty for all.</param>
/// <param name="DepartmentId">The department.</param>
/// <param name="Due">First responses that fell due.</param>
/// <param name="InTime">Of those, followed up in time.</param>
/// <param name="Timeliness">In time ÷ due; null when nothing was due.</param>
/// <param name="TimelinessBefore">The same for the period before.</param>
/// <param name="FollowUps">Counted follow-ups.</param>
/// <param name="FollowUpsBefore">The same for the period before.</param>
/// <param name="Responses">First responses made.</param>
/// <param name="AverageMinutes">Average first response in minutes of working hours; null without any.</param>
/// <param name="AverageMinutesBefore">The same for the period before.</param>
/// <param name="MedianMinutes">Median first response in minutes of working hours.</param>
/// <param name="OpenViolations">Violations of the period that are not excused.</param>
/// <param name="Held">Leads held now.</param>
/// <param name="Unplanned">Leads held now without a next step.</param>
public sealed record SupervisionLine(
    Guid Id, Guid? DepartmentId, int Due, int InTime, double? Timeliness, double? TimelinessBefore, int FollowUps, int FollowUpsBefore,
    int Responses, double? AverageMinutes, double? AverageMinutesBefore, double? MedianMinutes, int OpenViolations, int Held, int Unplanned);

/// <summary>The report.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="People">By person, those with most due first.</param>
/// <param name="Departments">By department; those directly in it.</param>
/// <param name="Total">All together.</param>
public sealed record SupervisionReport(
    DateOnly From, DateOnly To, IReadOnlyList<SupervisionLine> People, IReadOnlyList<SupervisionLine> Departments, SupervisionLine Total);

/// <summary>The instants of a period and of the one before it, which is as long.</summary>
internal sealed record SupervisionSpan(DateTimeOffset Before, DateTimeOffset Start, DateTimeOffset End)
{
    public static SupervisionSpan Of(DateOnly from, DateOnly to, WorkingCalendar calendar) => new(
        calendar.StartOf(from.AddDays(from.DayNumber - to.DayNumber - 1)), calendar.StartOf(from), calendar.StartOf(to.AddDays(1)));
}

/// <summary>Whose figures somebody may read.</summary>
internal static class SupervisionScope
{
    extension(Setting setting)
    {
        public IReadOnlyList<Person> Seen(Viewer viewer)
        {
            var owners = viewer.May(Permission.ViewReports) ? viewer.Owners(Permission.ViewReports) : [];
            return [.. setting.People.Values.Where(p => owners is null || owners.Contains(p.Id))];
        }
    }
}

/// <summary>Gathers the figures of one person or several.</summary>
internal sealed class SupervisionCounts
{
    private readonly List<double> _minutes = [];
    private int _due, _inTime, _dueBefore, _inTimeBefore, _followUps, _followUpsBefore, _responsesBefore;
    private double _minutesBefore;

    public int OpenViolations { get; set; }

    public int Held { get; set; }

    public int Unplanned { get; set; }

    public bool Any => _due + _followUps + _minutes.Count + OpenViolations + Held > 0;

    public static SupervisionCounts Sum(IEnumerable<SupervisionCounts> all)
    {
        var sum = new SupervisionCounts();
        foreach (var one in all)
        {
            sum._minutes.AddRange(one._minutes);
            (sum._due, sum._inTime, sum._dueBefore, sum._inTimeBefore) = (sum._due + one._due, sum._inTime + one._inTime, sum._dueBefore + one._dueBefore, sum._inTimeBefore + one._inTimeBefore);
            (sum._followUps, sum._followUpsBefore) = (sum._followUps + one._followUps, sum._followUpsBefore + one._followUpsBefore);
            (sum._responsesBefore, sum._minutesBefore) = (sum._responsesBefore + one._responsesBefore, sum._minutesBefore + one._minutesBefore);
            (sum.OpenViolations, sum.Held, sum.Unplanned) = (sum.OpenViolations + one.OpenViolations, sum.Held + one.Held, sum.Unplanned + one.Unplanned);
        }

        return sum;
    }

    public void WasDue(bool now, bool inTime)
    {
        if (now)
        {
            (_due, _inTime) = (_due + 1, _inTime + (inTime ? 1 : 0));
        }
        else
        {
            (_dueBefore, _inTimeBefore) = (_dueBefore + 1, _inTimeBefore + (inTime ? 1 : 0));
        }
    }

    public void FollowedUp(bool now, int count)
    {
        _followUps += now ? count : 0;
        _followUpsBefore += now ? 0 : count;
    }

    public void Responded(bool now, double minutes)
    {
        if (now)
        {
            _minutes.Add(minutes);
        }
        else
        {
            (_responsesBefore, _minutesBefore) = (_responsesBefore + 1, _minutesBefore + minutes);
        }
    }

    public SupervisionLine Line(Guid id, Guid? department)
    {
        _minutes.Sort();
        return new(
            id,
            department,
            _due,
            _inTime,
            _due == 0 ? null : (double)_inTime / _due,
            _dueBefore == 0 ? null : (double)_inTimeBefore / _dueBefore,
            _followUps,
            _followUpsBefore,
            _minutes.Count,
            _minutes.Count == 0 ? null : _minutes.Average(),
            _responsesBefore == 0 ? null : _minutesBefore / _responsesBefore,
            _minutes.Count == 0 ? null : (WaitScale.Of(_minutes[(_minutes.Count - 1) / 2]) + WaitScale.Of(_minutes[_minutes.Count / 2])) / 2d,
            OpenViolations,
            Held,
            Unplanned);
    }
}
