namespace Granary.Web.Localisation;

/// <summary>The clock and zone in which the organisation lives; instants are shown through it (§0 Organisation time).</summary>
public sealed class OrgTime(TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>The specification's default, <c>Asia/Shanghai</c>.</summary>
    public static TimeZoneInfo DefaultZone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public TimeZoneInfo Zone => zone;

    public DateTimeOffset Now => Local(clock.GetUtcNow());

    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
