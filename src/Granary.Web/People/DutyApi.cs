using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>Who is on duty when, and away when.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="People">Those who work here.</param>
public sealed record DutyView(DateOnly From, DateOnly To, IReadOnlyList<PersonDutyView> People);

/// <summary>Somebody's duty and leave within a period.</summary>
/// <param name="User">Who.</param>
/// <param name="DepartmentId">Their department.</param>
/// <param name="Shifts">Their shifts; 00:00 as an end is the midnight that ends the day.</param>
/// <param name="Leave">Their leave.</param>
/// <param name="Planned">Whether the viewer plans for them.</param>
public sealed record PersonDutyView(OwnerAnswer User, Guid? DepartmentId, IReadOnlyList<DutyShift> Shifts, IReadOnlyList<Leave> Leave, bool Planned);

/// <summary>The shifts of some people within a period, in place of those there are.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="People">The people and all their shifts within it.</param>
public sealed record DutyBody(DateOnly? From = null, DateOnly? To = null, IReadOnlyList<PersonDuty>? People = null);

/// <summary>The duty roster API.</summary>
public static class DutyApi
{
    internal static void MapDuty(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/duty", Get).WithTags("People").Produces<DutyView>();
        app.MapPut("/api/v1/duty", Put).WithTags("People").Produces<DutyView>();
    }

    /// <summary>Who is on duty and who is away within a period of at most 62 days.</summary>
    /// <param name="from">First day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(DateOnly? from, DateOnly? to, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        from is not { } first ? Bad("from", "required")
        : to is not { } last ? Bad("to", "required")
        : last < first || last.DayNumber - first.DayNumber >= PlanDuty.MostDays ? Bad("to", "out_of_range")
        : TypedResults.Ok(View(await settings.Get(ct), viewer, first, last));

    /// <summary>Replaces the shifts of some people within a period; for those whom one plans for.</summary>
    /// <param name="body">The shifts.</param>
    /// <param name="plan">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Put(DutyBody body, PlanDuty plan, Viewer viewer, SettingCache settings, CancellationToken ct)
    {
        if (body is not { From: { } from, To: { } to, People: { } people })
        {
            return Problem.Invalid([new FieldError(body.From is null ? "from" : body.To is null ? "to" : "people", "required")]);
        }

        return await plan.Plan(viewer, from, to, people, ct) is { } result
            ? await result.Answer(async _ => TypedResults.Ok(View(await settings.Get(ct), viewer, from, to)))
            : Problem.Forbidden();
    }

    private static DutyView View(Setting setting, Viewer viewer, DateOnly from, DateOnly to) => new(from, to, [
        .. setting.People.Values.Where(p => p.Status != PersonStatus.Departed).OrderBy(p => p.Id).Select(p => (Person: p, Profile: setting.ProfileOf(p.Id))).Select(p => new PersonDutyView(
            OwnerAnswer.Of(p.Person.Id, setting)!,
            p.Person.DepartmentId,
            [.. (p.Profile?.Duty ?? []).Where(d => d.Date >= from && d.Date <= to)],
            [.. (p.Profile?.Leave ?? []).Where(l => l.To >= from && l.From <= to)],
            viewer.Plans(p.Person.Id)))]);

    private static Problem Bad(string field, string code) => Problem.BadParameter(new FieldError(field, code));
}
