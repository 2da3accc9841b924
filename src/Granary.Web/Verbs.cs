using Granary.Web.Analytics;
using Granary.Web.Commands;
using Granary.Web.FollowUp;
using Granary.Web.Intake.Import;
using Granary.Web.Privacy;

namespace Granary.Web;

/// <summary>The commands besides serving; a room that brings one adds its line.</summary>
internal static class Verbs
{
    /// <summary>All of them, made anew for each reading.</summary>
    public static IReadOnlyList<Verb> All() => [MigrateVerb.Make(), ApiKeyVerb.Make(), DemoInfoVerb.Make(), ImportVerb.Make(), VerifyVerb.Make(), VerifyAuditVerb.Make(), VerifyReportsVerb.Make(), RotateKeysVerb.Make()];
}
