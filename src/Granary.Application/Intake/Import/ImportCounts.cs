using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;

namespace Granary.Application.Intake.Import;

/// <summary>What became of the rows of an import.</summary>
/// <param name="Created">Leads created.</param>
/// <param name="Linked">Leads created and linked to a source lead or an account.</param>
/// <param name="Refreshed">Rows that refreshed or updated a lead.</param>
/// <param name="Held">Leads created and held for a check.</param>
/// <param name="Failed">Rows left out.</param>
/// <param name="Repeated">Rows that had come in before.</param>
public readonly record struct ImportCounts(int Created, int Linked, int Refreshed, int Held, int Failed, int Repeated)
{
    /// <summary>All rows.</summary>
    public int Rows => Created + Linked + Refreshed + Held + Failed + Repeated;

    /// <summary>The counts an import stands at.</summary>
    public static ImportCounts Of(ImportBatch b) => new(b.Created, b.Linked, b.Refreshed, b.Held, b.Failed, b.Repeated);

    /// <summary>These counts and one more row.</summary>
    internal ImportCounts And(IntakeResult? result) => result switch
    {
        IntakeResult.Landed { Landing.Outcome: var outcome } => And(outcome),
        IntakeResult.Repeated => this with { Repeated = Repeated + 1 },
        _ => this with { Failed = Failed + 1 },
    };

    internal ImportCounts And(RecordFate fate) => fate switch
    {
        RecordFate.Created => this with { Created = Created + 1 },
        RecordFate.Updated => this with { Refreshed = Refreshed + 1 },
        RecordFate.Same => this with { Repeated = Repeated + 1 },
        _ => this with { Failed = Failed + 1 },
    };

    internal ImportCounts And(LandingOutcome outcome) => outcome switch
    {
        LandingOutcome.Created => this with { Created = Created + 1 },
        LandingOutcome.Refreshed => this with { Refreshed = Refreshed + 1 },
        LandingOutcome.Held => this with { Held = Held + 1 },
        _ => this with { Linked = Linked + 1 },
    };
}
