using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Web.Intake;

/// <summary>How the busiest bodies are read and written, made when the product is compiled.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LeadBody))]
[JsonSerializable(typeof(LeadAnswer))]
[JsonSerializable(typeof(LeadBatchAnswer))]
internal sealed partial class IntakeJson : JsonSerializerContext;
